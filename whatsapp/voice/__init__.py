"""Voice notes become words, and answers may be spoken beside the written ones.

Who hears and who speaks is decided by the settings (``ears``, ``mouth``); without them nothing is
fetched. A note waits in ``VoiceNote`` until it is heard or given up; its person's lane rests
meanwhile and nobody else's. The words go to the conversation and are not kept here; the recording
is never stored. Public services: ``listen``, ``forget_notes``, ``drain``, ``speak``.
"""
