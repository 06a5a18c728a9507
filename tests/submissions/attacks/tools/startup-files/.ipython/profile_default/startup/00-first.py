open("/tmp/talentpool-was-here", "w")
