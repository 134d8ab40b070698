"""Print how many reviews and new cards are due, with Anki's library: PATH-OF-COLLECTION."""

import sys

from anki.collection import Collection

collection = Collection(sys.argv[1])  # kept: its scheduler holds it only weakly
tree = collection.sched.deck_due_tree()
print(tree.review_count, tree.new_count)
