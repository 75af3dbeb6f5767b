"""Words that the protocols of recorders and SDKs define."""

from __future__ import annotations

WORDS = frozenset(
    """
    default navigation http user debug info log warn warning error fatal critical
    ui.tap ui.swipe ui.scroll ui.lifecycle touch device.battery device.orientation
    device.connectivity device.event app.lifecycle app.foreground app.background
    ui.click ui.input ui.keyDown ui.multiClick ui.slowClickDetected ui.blur ui.focus
    replay.mutations replay.throttled replay.hydrate-error sentry.feedback console fetch xhr
    GET HEAD POST PUT PATCH DELETE OPTIONS CONNECT TRACE
    navigation.push navigation.navigate navigation.reload navigation.back_forward
    navigation.prerender resource.fetch resource.xhr resource.script resource.img resource.css
    resource.link resource.iframe resource.other resource.video resource.audio resource.beacon
    resource.image resource.input resource.body resource.frame resource.icon resource.use
    paint web-vital memory first-paint first-contentful-paint largest-contentful-paint
    cumulative-layout-shift interaction-to-next-paint first-input-delay
    good needs-improvement poor timeout mutation
    URL_SKIPPED BODY_PARSE_ERROR BODY_PARSE_TIMEOUT UNPARSEABLE_BODY_TYPE TEXT_TRUNCATED
    MAYBE_JSON_TRUNCATED CONSOLE_ARG_TRUNCATED
    script img css link iframe other video audio beacon image input body frame icon use
    xmlhttprequest resource mark measure element event
    assert clear count countReset dir dirxml group groupCollapsed groupEnd table time timeEnd
    timeLog trace
    """.split()
)
"""Levels, categories, operations, methods, ratings and warnings."""

NAMED_KEYS = frozenset(
    """
    Alt AltGraph CapsLock Control Fn FnLock Hyper Meta NumLock ScrollLock Shift Super Symbol
    SymbolLock Enter Tab ArrowDown ArrowLeft ArrowRight ArrowUp End Home PageDown PageUp Backspace
    Clear Copy CrSel Cut Delete EraseEof ExSel Insert Paste Redo Undo Cancel ContextMenu Escape
    Execute Find Help Pause Play Props Select ZoomIn ZoomOut PrintScreen Unidentified Dead Process
    F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 F13 F14 F15 F16 F17 F18 F19 F20
    AltLeft AltRight ControlLeft ControlRight MetaLeft MetaRight OSLeft OSRight ShiftLeft
    ShiftRight NumpadEnter
    """.split()
)
"""Keys that type no character."""
