"""The JSON schema of a drop, for editors: `python -m drillbox.workbench.schema`.

A drop that begins with `# yaml-language-server: $schema=../../schema.json` is then
completed and checked while it is typed. `content/schema.json` is this, committed.
"""

import json
import sys

from drillbox.domain.course import DropFile


def schema() -> str:
    """The schema of a drop file as JSON text, always the same bytes."""
    found = DropFile.model_json_schema()
    return json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema())
