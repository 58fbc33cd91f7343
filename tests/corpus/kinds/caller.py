"""What a caller writes: classes of Python's own are variants as well."""

from typing import assert_never

from kinds import UNSET, Account, Article, ArticleAuthor, ArticleCover, Picture


def author(author: ArticleAuthor) -> str:
    match author:
        case str():
            return author
        case Account():
            return author.name
        case _:
            assert_never(author)


def editors(article: Article) -> list[Account]:
    if article.editors is UNSET:
        return []
    if isinstance(article.editors, Account):
        return [article.editors]
    return article.editors


def cover(cover: ArticleCover) -> str | None:
    match cover:
        case str():
            return cover
        case Picture():
            return cover.url
        case None:
            return None
        case _:
            assert_never(cover)


ARTICLE = Article(author="ada", tags=["a"], editors=[Account(id="1", name="Ada")], cover=None)
