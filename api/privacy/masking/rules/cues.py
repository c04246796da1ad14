"""Words that announce a secret: 「パスワードは…」「確認番号 …」.

One pattern for all families, so that the longest word wins from the left: ワンタイムパスワード
announces a code, 暗証番号 a password, エラーコード nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

_NOTHING = (
    r"エラー(?:コード|番号)|(?:QR|バー|レ|デ|エン)コード|コード(?:レス|ネーム)"
    r"|(?:手順|図|行|部屋)番号|(?:職業|職種|産業|業種|分類|地域|支店|金融機関)コード"
    r"|(?:コン|バイ|キャン|スー|ボー)パス|パス(?:ポート|キー)"
)
_NUMBER = (
    r"(?:求人|整理|法人|求職者?|被保険者|受給|資格者証?|支給|登録|会員|利用者|個人|社員|口座|免許証?|保険証?|電話|携帯"
    r"|郵便|事業所|受付|問い?合わせ|申込み?|予約)番号|マイナンバー(?!カード)"
)
_CODE = (
    r"ワンタイム(?:パスワード|パスコード|パス|コード|番号)?|わんたいむ(?:ぱすわーど|ぱす)?|ワンパス"
    r"|(?:確認|認証|検証|承認)用?(?:番号|コード|キー)|(?:セキュリティ|パス|アクセス|ログイン)コード"
    r"|番号|ばんごう|コード|こーど|验证码|(?<![A-Za-z0-9])(?i:otp|passcode|code|pin)(?![A-Za-z])"
)
_WORDS_FOR_IT = (
    r"パスワ[ー\-‐–—―−─一]ド|パスワ|ぱすわーど|ぱすわ|暗証番号|暗証|パス(?![ァ-ヺー])"
    r"|(?<![A-Za-z0-9])(?i:pwd?)(?![A-Za-z]|[0-9]{1,3}(?![0-9]))"
)
_ENGLISH = r"(?<![A-Za-z0-9])(?i:password|passwd|passphrase|pass)(?![A-Za-z0-9])"
# Most characters begin no cue; one look at the first saves trying every word of the lists.
_FIRST = (
    "[エQバレデアコ求手整図行部法職産業分地支金キスボパ被受資登会利個社口免保電携郵事問申予マ"
    "ワわ確認検承セログ番ばこ验暗ぱOoCcPp]"
)
_CUE = re.compile(
    rf"(?={_FIRST})(?:(?P<nothing>{_NOTHING})|(?P<number>{_NUMBER})|(?P<code>{_CODE})"
    rf"|(?P<password>{_WORDS_FOR_IT})|(?P<english>{_ENGLISH}))"
    r"(?:\([^()\n!-~]{1,10}\))?[」』”)\]】]*"
)


@dataclass(frozen=True)
class Cue:
    """A word of announcement. Its secret starts between `end` and `limit`, the next cue."""

    kind: str
    word: str
    start: int
    end: int
    limit: int


def find_cues(text: str) -> Iterator[Cue]:
    """Yield the announcing words of a folded text from left to right."""
    matches = [match for match in _CUE.finditer(text) if match["nothing"] is None]
    for match, following in zip_longest(matches, matches[1:]):
        kind = str(match.lastgroup)
        limit = following.start() if following else len(text)
        yield Cue(kind, match[kind], match.start(), match.end(), limit)
