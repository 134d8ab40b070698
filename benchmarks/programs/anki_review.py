"""Answer cards with Anki's library, rendering each: PATH-OF-COLLECTION COUNT."""

import sys

from anki.collection import Collection

from anki.cards import Card  # isort: skip - the package cannot be entered by this module

GOOD = 2
collection = Collection(sys.argv[1])
for _ in range(int(sys.argv[2])):
    queued = collection.sched.get_queued_cards().cards[0]
    card = Card(collection)
    card._load_from_backend_card(queued.card)
    card.start_timer()
    card.render_output()
    collection.sched.answer_card(collection.sched.build_answer(card=card, states=queued.states, rating=GOOD))
collection.close()
