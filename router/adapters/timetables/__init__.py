"""The timetables that come with the package."""
