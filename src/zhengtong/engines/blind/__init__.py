"""Blind signatures (RFC 9474): who signs a token cannot recognise it when it is shown.

blinded, secret = blind(public_key, token)         # by the holder
blind_signature = sign_blinded(key, blinded)       # by the office, once a person
signature = finalise(public_key, token, blind_signature, secret)   # by the holder
verify(public_key, token, signature)               # by anybody
"""

from zhengtong.engines.blind.rsa import Blinded, BlindFault, blind, finalise, new_key, sign_blinded, verify

__all__ = ["BlindFault", "Blinded", "blind", "finalise", "new_key", "sign_blinded", "verify"]
