"""Whether the synonyms lead somewhere (同义词): to a one-thing or item that is there, each once, and none for nothing."""

from collections.abc import Iterator

from yijianshi.domain.catalogue import Catalogue
from yijianshi.domain.synonyms import Synonym

from .findings import Place, Remark, Severity
from .references import unknown

_SHORTEST = 2


def wording_remarks(catalogue: Catalogue) -> Iterator[Remark]:
    """Yield a remark for every synonym that leads nowhere, is written twice or adds nothing."""
    items = {item.code for bundle in catalogue.bundles.values() for item in bundle.items}
    vocabulary = _vocabulary(catalogue)
    said: set[tuple[str, str, str]] = set()
    for at, synonym in enumerate(catalogue.synonyms):
        place: Place = ("synonyms", at)
        if sum(map(bool, (synonym.word, synonym.bundle, synonym.item))) != 1:
            message = "word、bundle、item 应只写一个"
            yield Remark("synonym-of-what", place, message, "留下这些说法所指的那一个")
            continue
        if synonym.bundle and synonym.bundle not in catalogue.bundles:
            yield unknown("bundle", synonym.bundle, (*place, "bundle"), catalogue.bundles)
            continue
        if synonym.item and synonym.item not in items:
            yield unknown("item", synonym.item, (*place, "item"), items)
            continue
        if synonym.word and not any(synonym.word in text for text in vocabulary):
            message = f"目录里和别的同义词里都没有“{synonym.word}”，这些说法找不到任何一件事"
            yield Remark("unused-synonym", (*place, "word"), message, "改成目录里用的词", Severity.WARNING)
        named = _names(synonym, catalogue)
        for position, word in enumerate(synonym.words):
            where: Place = (*place, "words", position)
            kind = "word" if synonym.word else "thing"
            # Other words for a word must be settled one way; the same question may be about several one-things.
            key = (kind, word, "" if synonym.word else synonym.target)
            if key in said:
                yield Remark("duplicate-synonym", where, f"“{word}”写了两次", "删去一处")
            said.add(key)
            if word in named:
                message = f"“{word}”本来就是名称或关键词，不用再写"
                yield Remark("unused-synonym", where, message, "删去", Severity.WARNING)
            if len(word) < _SHORTEST and not synonym.word:
                message = f"“{word}”只有一个字，会把不相干的也找出来"
                yield Remark("synonym-too-short", where, message, "写成两个字以上的说法", Severity.WARNING)


def _names(synonym: Synonym, catalogue: Catalogue) -> set[str]:
    if synonym.bundle:
        bundle = catalogue.bundles[synonym.bundle]
        return {bundle.name, bundle.plain_name, *bundle.keywords}
    if synonym.item:
        found = [i for bundle in catalogue.bundles.values() for i in bundle.items if i.code == synonym.item]
        return {name for item in found for name in (item.name, item.short)}
    return {synonym.word}


def _vocabulary(catalogue: Catalogue) -> list[str]:
    texts = [word for synonym in catalogue.synonyms if not synonym.word for word in synonym.words]
    for bundle in catalogue.bundles.values():
        texts += [bundle.name, bundle.plain_name, bundle.description, *bundle.keywords]
        texts += [name for item in bundle.items for name in (item.name, item.short, item.result.name)]
    return texts
