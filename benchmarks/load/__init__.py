"""The whole service under load: a courier's morning, sent by the clock whatever the answers do."""
