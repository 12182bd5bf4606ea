"""CloudFormation and Step Functions write member names in PascalCase, the Batch REST API in camelCase."""

# Maps whose keys belong to the user and keep their case.
_USER_MAPS = {"Parameters", "parameters", "Tags", "tags", "Options", "options"}


def camel(value):
    """PascalCase member names to camelCase, all the way down."""
    return _renamed(value, str.lower)


def pascal(value):
    """camelCase member names to PascalCase, all the way down."""
    return _renamed(value, str.upper)


def _renamed(value, first_letter):
    if isinstance(value, list):
        return [_renamed(item, first_letter) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        (first_letter(key[:1]) + key[1:]): (item if key in _USER_MAPS else _renamed(item, first_letter)) for key, item in value.items()
    }
