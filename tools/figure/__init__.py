"""A human figure written in code, filmed in a room: clips whose truth is known to the frame.

The rooms, from below: ``rotation`` and ``skeleton`` (kinematics), ``field``, ``sculpt``, ``weights`` and
``body`` (the flesh), ``scene`` (what a clip is made from), ``motions`` (what a person does), ``timeline``
and ``disturb`` (one after the other, and what gets in the way), ``camera``, ``scenery`` and ``render``
(the picture), ``truth`` and ``clip`` (what is written), ``__main__`` (the command line).
"""
