"""Plans in the forms of other programs: maps, navigation apps, spreadsheets, and booking counters of ferries."""
