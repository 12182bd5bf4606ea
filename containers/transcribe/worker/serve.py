"""
The recognizer as a process: JSON lines in on stdin, JSON lines out on stdout, words for people on stderr.

  out  {"type": "ready", "recognizer": "..."}
  in   {"type": "recognize", "sound": "/path/sound.wav"}
  out  {"type": "words", "words": [{"text", "start", "end", "confidence"}]}   any number of times
  out  {"type": "done", "language": "en"}  or  {"type": "refused", "reason": "..."}
"""

import importlib
import json
import os
import sys

import no_network

RECOGNIZERS = {"faster-whisper": "whisper_recognizer", "dry-run": "dry_run_recognizer"}
WORDS_A_LINE = 100


def main(recognizer: str, weights: str) -> None:
    # Whatever a library prints must not end up between our lines.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def answer(**message) -> None:
        answers.write(json.dumps(message, ensure_ascii=False) + "\n")
        answers.flush()

    no_network.cut_off()
    name, recognize = importlib.import_module(RECOGNIZERS[recognizer]).load(weights)
    answer(type="ready", recognizer=name)
    for line in sys.stdin:
        try:
            request = json.loads(line)
            language, heard = recognize(request["sound"])
            words = []
            for word in heard:
                words.append(word)
                if len(words) == WORDS_A_LINE:
                    answer(type="words", words=words)
                    words = []
            answer(type="words", words=words)
            answer(type="done", language=language)
        except Exception as error:  # one bad sound must not look like a broken machine
            answer(type="refused", reason=f"{type(error).__name__}: {error}"[:400])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
