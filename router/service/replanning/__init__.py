"""How a day that has begun is planned anew: what stays, what is left to do, and how little of it changes."""
