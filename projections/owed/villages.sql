select village, reported, households, checked, groups, groups_checked, found, note
from model_owed.villages where stream = 'check-' || @id
