"""The steps by which trustees make a key together of which some are enough; the files are those of belenios-tool."""

import json
from pathlib import Path
from typing import Any

from zhengtong.agora.ballots.errors import OtherCertificates
from zhengtong.agora.management.files import lines, read, write_new
from zhengtong.engines.ballots import compact
from zhengtong.engines.ballots.ceremony import (
    check_polynomial,
    check_voutput,
    make_polynomial,
    make_voutput,
    named,
    new_certificate,
    opened_key,
    threshold_parameters,
    vinputs,
)
from zhengtong.engines.ballots.group import Group
from zhengtong.engines.ballots.groups import BELENIOS_2048, GROUPS, group_called

CEREMONY = {
    "certificate": ("out", "group"),
    "polynomial": ("certificates", "key", "needed", "group"),
    "route": ("certificates", "polynomials", "needed", "folder", "group"),
    "part": ("certificates", "key", "vinput", "group"),
    "circle": ("certificates", "polynomials", "voutputs", "needed", "group"),
}


class Ceremony:
    """The commands of each step, for `zhengtong ballot`."""

    stdout: Any

    def _certificate(self, out: Path, group: str) -> None:
        seed, held = new_certificate(group_called(group))
        write_new(out.with_suffix(".key"), seed + "\n", secret=True)
        write_new(out.with_suffix(".cert"), compact(held) + "\n")
        self.stdout.write(f"{out}.key: keep it · {out}.cert: send it")

    def _polynomial(self, certificates: Path, key: Path, needed: int, group: str) -> None:
        held, seed = lines(certificates), _seed(key)
        made = make_polynomial(group=group_called(group), certificates=held, seed=seed, needed=needed)
        self.stdout.write(compact(made | {"certificates": named(held)}))

    def _route(self, certificates: Path, polynomials: Path, needed: int, folder: Path, group: str) -> None:
        held, certs = lines(polynomials), lines(certificates)
        for at, each in enumerate(held, 1):
            check_polynomial(group=group_called(group), certificates=certs, held=each, trustee=at, needed=needed)
            if each.get("certificates", named(certs)) != named(certs):  # belenios-tool does not say
                raise OtherCertificates
        for at, each in enumerate(vinputs(held), 1):
            write_new(folder / f"{at}.vinput", compact(each) + "\n")

    def _part(self, certificates: Path, key: Path, vinput: Path, group: str) -> None:
        held, seed = lines(certificates), _seed(key)
        made = make_voutput(group=group_called(group), certificates=held, seed=seed, vinput=read(vinput))
        self.stdout.write(compact(made))

    def _circle(self, certificates: Path, polynomials: Path, voutputs: Path, needed: int, group: str) -> None:
        held, known = lines(polynomials), group_called(group)
        keys = [
            check_voutput(group=known, polynomials=held, held=each, trustee=at)
            for at, each in enumerate(lines(voutputs), 1)
        ]
        told = threshold_parameters(needed=needed, certificates=lines(certificates), polynomials=held, keys=keys)
        self.stdout.write(compact(told))

    @staticmethod
    def opened(group: Group, key: Path, part: Path) -> Any:
        """The share of the private key of a trustee of a circle."""
        held = read(part)
        sealed = held["private_key"] if "private_key" in held else json.dumps(held)
        return opened_key(group=group, seed=_seed(key), sealed=sealed)


def ceremony(ways: Any) -> None:
    """What the steps are told."""
    certifying = ways.add_parser("certificate", help="a trustee of a circle, step 1: make a seed and its certificate")
    certifying.add_argument("out", type=Path, help="the files' name, without ending")
    choosing = ways.add_parser("polynomial", help="step 2, when all certificates are there; prints it, to be sent")
    routing = ways.add_parser("route", help="who runs the election: write what goes to each trustee, by number")
    parting = ways.add_parser("part", help="step 3: check what the others sent, and make your part; prints it")
    joining = ways.add_parser("circle", help="who runs the election: put the public keys together; prints the circle")
    for each in (choosing, routing, parting, joining):
        each.add_argument("certificates", type=Path, help="one a line, in the order of the trustees")
    for each in (choosing, parting):
        each.add_argument("key", type=Path, help="your .key")
    for each in (routing, joining):
        each.add_argument("polynomials", type=Path, help="one a line, in the same order")
    routing.add_argument("--folder", type=Path, default=Path())
    parting.add_argument("vinput", type=Path, help="what was sent to you")
    joining.add_argument("voutputs", type=Path, help="one a line, in the same order")
    for each in (choosing, routing, joining):
        each.add_argument("--needed", type=int, required=True, help="so many of the trustees are enough")
    for each in (certifying, choosing, routing, parting, joining):
        each.add_argument("--group", choices=list(GROUPS), default=BELENIOS_2048.name)


def _seed(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip()
