"""faster-whisper, given samples instead of files and nothing to download with."""

import os
import sys
import types

from sound import samples_of

# faster_whisper imports these two for decoding files and for downloading weights. We do neither: prep decodes, and weights come from
# the bundle. Without PyAV no second ffmpeg is in this process.
for unused in ("av", "huggingface_hub"):
    sys.modules[unused] = types.ModuleType(unused)

import faster_whisper  # noqa: E402
import numpy  # noqa: E402


def load(weights: str):
    model = faster_whisper.WhisperModel(
        weights, device="cpu", compute_type="int8", cpu_threads=os.cpu_count() or 1, local_files_only=True
    )

    def recognize(path: str):
        samples, _seconds = samples_of(path)
        sound = numpy.frombuffer(samples, dtype="<i2").astype(numpy.float32) / 32768
        segments, info = model.transcribe(
            sound,
            word_timestamps=True,
            vad_filter=True,  # music alone gives no words
            condition_on_previous_text=False,  # a wrong guess must not pull the next sentence after it
            temperature=0.0,  # the same sound gives the same words
        )
        return info.language, (_plain(word) for segment in segments for word in segment.words or () if word.word.strip())

    return f"faster-whisper {faster_whisper.__version__}", recognize


def _plain(word) -> dict:
    start, end = round(float(word.start), 2), round(float(word.end), 2)
    confidence = round(min(1.0, max(0.0, float(word.probability))), 3)
    return {"text": word.word.strip(), "start": start, "end": max(start, end), "confidence": confidence}
