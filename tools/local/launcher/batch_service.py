"""Batch calls go to the local Batch service, and its events may carry the source `aws.batch`."""

import asyncio

import ministack.app as app
from ministack.services import eventbridge

from . import batch_client


async def _forward(method, path, _headers, body, _query):
    return await asyncio.to_thread(batch_client.send, method, path, body)


def _open_aws_batch_source() -> None:
    # PutEvents refuses sources that begin with `aws.`, here as on AWS; this one is really ours to send.
    original = eventbridge._put_events

    def put_events(data, allow_aws_source=False):
        entries = data.get("Entries") or []
        ours = bool(entries) and all(entry.get("Source") == "aws.batch" for entry in entries)
        return original(data, allow_aws_source=allow_aws_source or ours)

    eventbridge._put_events = put_events
    for table in [value for value in vars(eventbridge).values() if isinstance(value, dict)]:
        for key, value in list(table.items()):
            if value is original:
                table[key] = put_events


def install() -> None:
    app.SERVICE_HANDLERS["batch"] = _forward
    _open_aws_batch_source()
