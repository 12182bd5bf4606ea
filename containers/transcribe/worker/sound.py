"""Reads the one kind of sound file that prep makes, and refuses every other."""

import wave

RATE = 16_000


def samples_of(path: str) -> tuple[bytes, float]:
    """16-bit samples and their length in seconds."""
    with wave.open(path, "rb") as sound:
        found = (sound.getnchannels(), sound.getsampwidth() * 8, sound.getframerate())
        if found != (1, 16, RATE):
            raise ValueError(f"expected a sound of 1 channel, 16 bit, {RATE} Hz, found {found}")
        return sound.readframes(sound.getnframes()), sound.getnframes() / RATE
