"""The printed examples of the standards, by which a node proves at start that its algorithms are right."""

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SM3, Hash

#: GB/T 32905-2016, annex A.
SM3_EXAMPLES = {
    b"abc": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    b"abcd" * 16: "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
    b"": "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b",
}
#: GB/T 32907-2016, annex A: one block; key and plain text are the same bytes.
SM4_KEY = "0123456789abcdeffedcba9876543210"
SM4_PLAIN = "0123456789abcdeffedcba9876543210"
SM4_CIPHER = "681edf34d206965e86b3e94f536e4246"


def sm3(message: bytes) -> bytes:
    """Return the SM3 digest of `message`."""
    digest = Hash(SM3())
    digest.update(message)
    return digest.finalize()


def sm4_block(key: bytes, block: bytes) -> bytes:
    """Return one block enciphered by SM4 alone, as the standard prints it."""
    # A single block for comparison with the standard; nothing is ever kept in this mode.
    encryptor = Cipher(algorithms.SM4(key), modes.ECB()).encryptor()  # noqa: S305
    return encryptor.update(block) + encryptor.finalize()


def known_answers_hold() -> bool:
    """Return whether SM3 and SM4 give the results printed in the standards."""
    return all(sm3(message).hex() == digest for message, digest in SM3_EXAMPLES.items()) and (
        sm4_block(bytes.fromhex(SM4_KEY), bytes.fromhex(SM4_PLAIN)).hex() == SM4_CIPHER
    )
