-- what OKRA gives rows on the way back does not satisfy the check: the plan warns of it
DELETE FROM rooms;
