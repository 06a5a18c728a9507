# mypy: ignore-errors
import os

os.system("touch /tmp/talentpool-was-here")
c = get_config()
c.CourseDirectory.db_url = "sqlite:////tmp/talentpool-was-here.db"
