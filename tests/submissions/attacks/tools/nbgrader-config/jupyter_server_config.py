# mypy: ignore-errors
import os

os.system("touch /tmp/talentpool-was-here")
c.ServerApp.token = ""
