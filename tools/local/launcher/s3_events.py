"""S3 events on EventBridge carry the version of the object, as on AWS; MiniStack gives it to queues and functions only."""

import json
import threading

from ministack.services import eventbridge, s3

_this_event = threading.local()


def install() -> None:
    fire = s3._fire_s3_event
    dispatch = eventbridge._dispatch_event

    def fire_s3_event(*args, **kwargs):
        _this_event.version_id = kwargs.get("version_id")
        try:
            return fire(*args, **kwargs)
        finally:
            _this_event.version_id = None

    def dispatch_event(event, *args, **kwargs):
        version_id = getattr(_this_event, "version_id", None)
        if version_id and event.get("Source") == "aws.s3":
            detail = json.loads(event["Detail"])
            detail["object"]["version-id"] = version_id
            event = {**event, "Detail": json.dumps(detail)}
        return dispatch(event, *args, **kwargs)

    s3._fire_s3_event = fire_s3_event
    eventbridge._dispatch_event = dispatch_event
