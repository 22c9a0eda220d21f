select version from migration;
