"""An ordinary bot, written with the library that the coach uses, runs against the server unchanged."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from telegram_local import LocalTelegram
from tests.support.images import png

Context = ContextTypes.DEFAULT_TYPE


async def greet(update: Update, _: Context) -> None:
    assert update.message is not None
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
    await update.message.reply_html("<b>Hello</b>", reply_markup=markup)


async def pressed(update: Update, _: Context) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer("Off we go")
    await query.edit_message_text("Gone")


async def draw(update: Update, _: Context) -> None:
    assert update.message is not None
    await update.message.reply_photo(png(40, 30), caption="A week")


async def test_a_bot_runs_unchanged(server: LocalTelegram) -> None:
    application = Application.builder().token(server.token).base_url(f"{server.address}/bot").build()
    application.add_handler(CommandHandler("start", greet))
    application.add_handler(CommandHandler("draw", draw))
    application.add_handler(CallbackQueryHandler(pressed))
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling(timeout=1)
        ann = server.user(1)
        assert (await ann.ask("/start")).labels == ["Go"]
        press = await ann.press("Go")
        assert (await press.answered())["text"] == "Off we go"
        await server.until(lambda: ann.last.text == "Gone")
        assert (await ann.ask("/draw"))["photo"][-1]["width"] == 40
        await application.updater.stop()
        await application.stop()
    assert server.schema_faults == []
