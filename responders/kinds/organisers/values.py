"""Pure: what the templates of letters to organisers may say."""

from responders.kinds.base import Values
from responders.kinds.organisers.needs import needs_of
from responders.kinds.organisers.news import News, news_of
from responders.kinds.organisers.numbers import areas_of, at_risk, days_of, numbers_of, risk_items
from responders.kinds.organisers.view import LONGEST_LIST, Item, View, shortened
from responders.kinds.organisers.wrong import wrongs_of


def digest_values(view: View, *, is_weekly: bool) -> Values:
    """What a digest says beside what every letter may."""
    needs, waiting = needs_of(view)
    news = news_of(view)
    wrongs = wrongs_of(view)
    risky = at_risk(view)
    shown_wrongs, more_wrongs = shortened(wrongs, of=len(wrongs))
    shown_risks, more_risks = shortened([*risk_items(view, risky[:LONGEST_LIST])], of=len(risky))
    told_at = view.told_at
    return (
        _needs(needs, waiting)
        | {
            "headline": _headline(view, news, len(wrongs), waiting=waiting, is_weekly=is_weekly),
            "is_weekly": is_weekly,
            "has_news": view.has_news,
            "told_at": told_at.astimezone(view.programme.zone).isoformat() if told_at else None,
            "new": news.opened,
            "forms": news.forms,
            "others": news.others,
            "news": news.groups,
            "wrong": shown_wrongs,
            "went_wrong": len(wrongs),
            "wrong_more": more_wrongs,
            "at_risk": shown_risks,
            "at_risk_more": more_risks,
            "days": days_of(view),
        }
        | state_values(view)
    )


def _headline(view: View, news: News, went_wrong: int, *, waiting: int, is_weekly: bool) -> str:
    """`3 new, 1 form, 1 needs you`: what the subject says."""
    parts = [f"{news.opened} new"] if news.opened else []
    parts += [_number(news.forms, "form", "forms")] if news.forms else []
    if not parts and news.others:
        parts = [_number(news.others, "change", "changes")]
    if not parts and went_wrong:
        parts = [f"{went_wrong} did not go through"]
    if not view.has_news:
        parts = ["nothing new"]
    parts += [_number(waiting, "needs you", "need you")] if waiting else []
    told = ", ".join(parts) or "news"
    return f"Your week: {told}" if is_weekly else told[:1].upper() + told[1:]


def _number(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def needs_values(view: View) -> Values:
    """What waits for the organiser. `needs_you` counts it all, shown or not."""
    return _needs(*needs_of(view))


def _needs(items: list[Item], number: int) -> Values:
    shown, more = shortened(items, of=len(items))
    return {"needs": shown, "needs_more": more, "needs_you": number}


def state_values(view: View) -> Values:
    """The programme in numbers."""
    return {"numbers": numbers_of(view), "areas": areas_of(view)}
