"""The CloudFormation types of Batch, provisioned in the local Batch service."""

import hashlib

from ministack.services.cloudformation import provisioners

from . import batch_client
from .letter_case import camel


def _generated_name(stack: str, logical_id: str) -> str:
    # The same stack and logical id always give the same name, so an update finds what a create made.
    digest = hashlib.sha256(f"{stack}/{logical_id}".encode()).hexdigest()[:12]
    return f"{logical_id[:64]}-{digest}"


def _text_environment(container: dict) -> None:
    for pair in container.get("environment") or []:
        pair["value"] = str(pair.get("value", ""))


class _BatchType:
    """One CloudFormation type: how to create, update and delete it, and which attributes it has."""

    def __init__(self, noun: str, name_key: str, arn_key: str, arn_attribute: str, request_key: str):
        self.noun = noun
        self.name_key = name_key
        self.arn_key = arn_key
        self.arn_attribute = arn_attribute
        self.request_key = request_key

    def attributes(self, arn: str) -> dict:
        return {self.arn_attribute: arn, "Arn": arn}

    def create(self, logical_id, props, stack):
        body = camel(props)
        body.setdefault(self.name_key, _generated_name(stack, logical_id))
        arn = batch_client.call(f"create{self.noun}", body)[self.arn_key]
        return arn, self.attributes(arn)

    def update(self, physical_id, _old_props, new_props, stack, logical_id=None):
        body = camel(new_props)
        body.pop(self.name_key, None)
        batch_client.call(f"update{self.noun}", {**body, self.request_key: physical_id})
        return physical_id, self.attributes(physical_id)

    def delete(self, physical_id, _props):
        batch_client.call(f"delete{self.noun}", {self.request_key: physical_id})

    def handlers(self) -> dict:
        return {"create": self.create, "update": self.update, "delete": self.delete, "update_with_logical_id": True}


class _JobDefinition(_BatchType):
    """A change makes a new revision and retires the old one, unless the template says to keep it."""

    def create(self, logical_id, props, stack):
        body = camel(props)
        body.setdefault(self.name_key, _generated_name(stack, logical_id))
        _text_environment(body.get("containerProperties") or {})
        arn = batch_client.call("registerjobdefinition", body)[self.arn_key]
        return arn, self.attributes(arn)

    def update(self, physical_id, old_props, new_props, stack, logical_id=None):
        name = physical_id.split("job-definition/")[1].split(":")[0]
        created = self.create(logical_id, {"JobDefinitionName": name, **new_props}, stack)
        if not (new_props.get("ResourceRetentionPolicy") or {}).get("SkipDeregisterOnUpdate"):
            self.delete(physical_id, old_props)
        return created

    def delete(self, physical_id, _props):
        batch_client.call("deregisterjobdefinition", {"jobDefinition": physical_id})


def install() -> None:
    provisioners._RESOURCE_HANDLERS.update(
        {
            "AWS::Batch::ComputeEnvironment": _BatchType(
                "computeenvironment", "computeEnvironmentName", "computeEnvironmentArn", "ComputeEnvironmentArn", "computeEnvironment"
            ).handlers(),
            "AWS::Batch::JobQueue": _BatchType("jobqueue", "jobQueueName", "jobQueueArn", "JobQueueArn", "jobQueue").handlers(),
            "AWS::Batch::SchedulingPolicy": _BatchType("schedulingpolicy", "name", "arn", "Arn", "arn").handlers(),
            "AWS::Batch::JobDefinition": _JobDefinition(
                "jobdefinition", "jobDefinitionName", "jobDefinitionArn", "JobDefinitionArn", "jobDefinition"
            ).handlers(),
        }
    )
