"""Helpers of the tests, one line a module.

Conversations with the bot
    bot_harness        the whole bot against local Telegram; people say, press and see; the clock is moved by hand
    onboarding         a person who has answered the set-up's questions
    kept_conversations conversations that many tests begin with, put back in place of holding them again
    quick_start        a bot's start without what is the same for each: its handlers registered once
    kept_files         pictures that many conversations send, drawn once, and tracks that are not encoded
    pseudo_language    the English content as a second language, to prove that no sentence stands in code
    tdlib              Telegram's own parser, for messages the bot sends
    update_fuzzer      updates of every kind, whole and broken, the same for the same seed
    update_types.json  the types of the Bot API that `update_fuzzer` builds from

Fakes and fixtures
    databases          SQLite and PostgreSQL, one test on each
    on_both            conversations that the short run holds on PostgreSQL too
    fake_api           a Bot API client that records calls and can refuse them
    fake_search        an FAQ finder that returns what a test gives it
    fitting_here       fitting without a process of its own
    images             small pictures
    plan_checks        every rule of the plan, held against one planned week
    simulated_athletes years of training of invented profiles, to check the planner
    vocabularies       the English vocabulary, for tests of grammars
    source_text        strings and their use in the project's source

Processes
    fork_server        the one server that children are forked from
    preloaded          imports for the fork server, the content among them
    forked_command     `bot.py` in a process that is forked there
    bot_process        the bot in a process that is killed and restarted
    reminder_process   ticker and sender in a process that is killed
    command_line       `bot.py` as a child process, forked or started, read line by line
    process_reaper     children end with the tests
    syscalls           a program run with system calls forbidden
    crowd_load         many people at once, and a check that each effect happened once

Pages
    browser            headless Chromium
    scripted_chat      the chat page against a scripted server

Run by hand
    derive_contract    writes `content/checks/contract.yaml`
    derive_updates     writes `update_types.json`
"""
