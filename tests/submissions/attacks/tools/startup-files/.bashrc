touch /tmp/talentpool-was-here
