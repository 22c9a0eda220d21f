select max(version) from migration;
