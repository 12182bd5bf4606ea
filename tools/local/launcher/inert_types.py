"""CloudFormation types that a laptop has no use for. They are created as nothing at all, each with its reason in
`inert-types.json`; every type that is neither known to MiniStack nor listed there still fails the deployment."""

import json
import pathlib

from ministack.core.responses import get_account_id, get_region
from ministack.services import cloudwatch
from ministack.services.cloudformation import provisioners

_LIST = pathlib.Path(__file__).resolve().parent.parent / "inert-types.json"


class _AnyAttribute(dict):
    """Answers every Fn::GetAtt with something of the right kind: an ARN for `Arn`, else the physical id."""

    def __init__(self, physical_id: str):
        # Saved state keeps plain values only: what our stacks ask for is written out, so that a restored instance can still be updated.
        written_out = dict.fromkeys(("Id", "AllocationId", "NatGatewayId"), physical_id)
        super().__init__(written_out, Arn=f"arn:aws:inert:{get_region()}:{get_account_id()}:{physical_id}")
        self._physical_id = physical_id

    def get(self, key, default=None):
        return super().get(key, self._physical_id)

    def __contains__(self, key):
        return True

    def __missing__(self, key):
        return self._physical_id


def _create(logical_id, _props, stack):
    physical_id = f"{stack}-{logical_id}"
    return physical_id, _AnyAttribute(physical_id)


def _update(physical_id, _old_props, _new_props, _stack):
    return physical_id, _AnyAttribute(physical_id)


def _accept_metric_math() -> None:
    """An alarm over an expression is recorded without being evaluated: no metric math is computed locally."""
    handlers = provisioners._RESOURCE_HANDLERS["AWS::CloudWatch::Alarm"]
    original = dict(handlers)

    def physical_name(logical_id, props, stack):
        return props.get("AlarmName") or f"{stack}-{logical_id}"

    def create(logical_id, props, stack):
        if not props.get("Metrics"):
            return original["create"](logical_id, props, stack)
        name = physical_name(logical_id, props, stack)
        return name, {"Arn": f"arn:aws:cloudwatch:{get_region()}:{get_account_id()}:alarm:{name}"}

    def delete(physical_id, props):
        if physical_id in cloudwatch._alarms:
            original["delete"](physical_id, props)

    handlers["create"] = create
    handlers["delete"] = delete
    if "update" in original:
        with_logical_id = original.get("update_with_logical_id")

        def update(physical_id, old_props, new_props, stack, logical_id=None):
            if new_props.get("Metrics") or old_props.get("Metrics"):
                delete(physical_id, old_props)
                return create(logical_id or physical_id, {**new_props, "AlarmName": physical_id}, stack)
            extra = (logical_id,) if with_logical_id else ()
            return original["update"](physical_id, old_props, new_props, stack, *extra)

        handlers["update"] = update
        handlers["update_with_logical_id"] = True


def _give_vpcs_their_range() -> None:
    """The security group of an interface endpoint asks for VPC.CidrBlock, which MiniStack does not answer."""
    handlers = provisioners._RESOURCE_HANDLERS["AWS::EC2::VPC"]
    original = handlers["create"]

    def create(logical_id, props, stack):
        physical_id, attributes = original(logical_id, props, stack)
        return physical_id, {"CidrBlock": props.get("CidrBlock", ""), **attributes}

    handlers["create"] = create


def install() -> None:
    handlers = provisioners._RESOURCE_HANDLERS
    for resource_type in json.loads(_LIST.read_text()):
        if resource_type in handlers:
            raise SystemExit(f"{resource_type} is provisioned by MiniStack now: remove it from {_LIST.name}")
        handlers[resource_type] = {"create": _create, "update": _update, "delete": lambda _physical_id, _props: None}
    _accept_metric_math()
    _give_vpcs_their_range()
