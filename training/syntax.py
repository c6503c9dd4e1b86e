"""Fit the networks that parse sentences: summarizers/data/syntax_*.npz.

`--treebanks` is a folder of Universal Dependencies files (`LL_*.conllu.gz`, LL the language): PUD in fifteen languages,
EWT, Alpino, GSD and ParlaMint, under CC BY-SA 3.0 and 4.0, which hold for the weights, too. One sentence in eight is set
aside (of EWT half its test part) and never fitted; its attachment scores, without punctuation, are printed at the end.
Needs PyTorch, which nothing else does: `pip install torch`. About twenty minutes a family on one core.

    python -m training.syntax --treebanks DIR --family west [--epochs 32] [--write]
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from summarizers.text.syntax import (
    ATTENTION_BEHIND,
    ATTENTION_HEADS,
    BUCKETS,
    DILATIONS,
    FAMILIES,
    MAX_DISTANCE,
    ROOT,
    token_features,
    tokenize,
)

DATA = Path(__file__).parents[1] / "summarizers" / "data"
WIDTHS = {"word": 64, "prefix": 32, "suffix3": 48, "suffix2": 24, "suffix5": 48}
"""Width of each table of word pieces: together below 3 MB a family, at a byte a weight."""

SHAPES, SHAPE_WIDTH, LANGUAGE_WIDTH = 256, 16, 12
WIDTH, ARC_WIDTH, RELATION_WIDTH = 128, 96, 96
"""Width of a token's vector, and of what scores arcs and relations."""

DROPOUT, WORD_DROPOUT, PIECE_DROPOUT, LANGUAGE_DROPOUT = 0.33, 0.2, 0.1, 0.1
"""Chances that training hides a value, a word, an ending, or the language: treebanks of 1,000 sentences are small."""

LEARNING_RATE, WARM_UP, WEIGHT_DECAY, CLIP = 2e-3, 200, 1e-3, 2.0
BATCH = 1500
"""Tokens of a batch, with what fills it up."""

TAG_SHARE = 0.5
"""What tags count in the loss beside heads and relations."""

IGNORED = -100
"""Target of a place without a token."""

RELATIONS = {
    "nsubj": "nsubj", "csubj": "csubj", "obj": "obj", "iobj": "iobj", "obl": "obl", "obl:tmod": "tmod", "nmod:tmod": "tmod",
    "obl:agent": "agent", "obl:arg": "oblarg", "advmod": "advmod", "amod": "amod", "nmod": "nmod", "nmod:poss": "poss",
    "det": "det", "case": "case", "mark": "mark", "aux": "aux", "cop": "cop", "cc": "cc", "conj": "conj", "appos": "appos",
    "acl": "acl", "acl:relcl": "relcl", "advcl": "advcl", "ccomp": "ccomp", "xcomp": "xcomp", "parataxis": "parataxis",
    "punct": "punct", "nummod": "nummod", "flat": "flat", "compound": "compound", "fixed": "fixed", "expl": "expl",
    "root": "root",
}  # fmt: skip
"""Relations that are told apart; a subtype that is not here counts as its type, any other as `other`."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a treebank on our own tokens; a head is ROOT or a position."""

    source: str
    language: str
    text: str
    tokens: tuple[tuple[int, int], ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    tags: tuple[str, ...]


# Reading treebanks


def read_treebank(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL-U file, but those whose words aren't in their text."""
    text, rows = "", []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in map(str.rstrip, lines):
            if line.startswith("# text"):
                text = line.split("=", 1)[1].strip()
            elif line and not line.startswith("#"):
                rows.append(line.split("\t"))
            elif not line and rows:
                sentence = align(path.name, text, rows)
                if sentence is not None:
                    yield sentence
                rows = []


def align(source: str, text: str, rows: Sequence[Sequence[str]]) -> Sentence | None:
    """Put a treebank's words on our tokens.

    Pieces of a word hang on its first, and words of one token are joined.
    """
    words: dict[int, tuple[str, str, int, str]] = {}
    written: list[tuple[int, int, list[int]]] = []
    at, joined_to = 0, 0
    for row in rows:
        number = row[0]
        if "." in number:
            continue
        if "-" in number:
            first, last = map(int, number.split("-"))
            members = list(range(first, last + 1))
        else:
            words[int(number)] = (row[3], row[5], int(row[6]), row[7])
            if int(number) <= joined_to:
                continue
            first = last = int(number)
            members = [first]
        start = text.find(row[1], at)
        if start < 0:
            return None
        at, joined_to = start + len(row[1]), last
        written.append((start, at, members))
    tokens = tokenize(text)
    groups = _groups(tokens, written)
    if groups is None:
        return None
    first_token = {word: token_group[0] for token_group, members in groups for word in members}
    heads, relations, tags = [ROOT] * len(tokens), ["part"] * len(tokens), ["X"] * len(tokens)
    for token_group, members in groups:
        inside = set(members)
        word = next((member for member in members if words[member][2] not in inside), members[0])
        tag, features, head, relation = words[word]
        first = token_group[0]
        heads[first] = first_token.get(head, first) if head else ROOT
        relations[first] = _relation(relation) if head else "root"
        tags[first] = _tag(tag, features)
        for token in token_group[1:]:
            heads[token], tags[token] = first, tags[first]
    if heads.count(ROOT) != 1 or any(head == token for token, head in enumerate(heads)):
        return None
    return Sentence(source, source[:2], text, tokens, tuple(heads), tuple(relations), tuple(tags))


def _groups(
    tokens: Sequence[tuple[int, int]], written: Sequence[tuple[int, int, list[int]]]
) -> list[tuple[list[int], list[int]]] | None:
    """Return the smallest runs of tokens and of words that cover the same characters."""
    items = sorted(
        [(start, end, 0, number) for number, (start, end) in enumerate(tokens)]
        + [(start, end, 1, number) for number, (start, end, _) in enumerate(written)]
    )
    found: list[tuple[list[int], list[int]]] = []
    reached = -1
    for start, end, kind, number in items:
        if start >= reached:
            found.append(([], []))
        reached = max(reached, end)
        if kind == 0:
            found[-1][0].append(number)
        else:
            found[-1][1].extend(written[number][2])
    if any(not token_group or not members for token_group, members in found):
        return None
    return found


def _relation(name: str) -> str:
    """Return the relation under which a treebank's one is learned."""
    return RELATIONS.get(name) or RELATIONS.get(name.split(":")[0]) or "other"


def _tag(tag: str, features: str) -> str:
    """Return the part of speech, with + (finite or not stated), p (participle) or - for verbs."""
    if tag not in {"VERB", "AUX"}:
        return tag
    if "VerbForm=Part" in features:
        return tag + "p"
    return tag + ("-" if "VerbForm=" in features and "VerbForm=Fin" not in features else "+")


# The network


class ParserNetwork(nn.Module):  # type: ignore[misc, unused-ignore]
    """The network that summarizers.text.syntax evaluates."""

    def __init__(self, languages: int, relations: int, tags: int) -> None:
        super().__init__()
        self.tables = nn.ModuleDict({name: nn.Embedding(size, WIDTHS[name]) for name, size in BUCKETS.items()})
        self.shape = nn.Embedding(SHAPES, SHAPE_WIDTH)
        self.language = nn.Embedding(languages + 1, LANGUAGE_WIDTH)
        for table in (*self.tables.values(), self.shape, self.language):
            nn.init.normal_(table.weight, std=0.1)
        self.input = nn.Linear(sum(WIDTHS.values()) + SHAPE_WIDTH + LANGUAGE_WIDTH, WIDTH)
        self.convolutions = nn.ModuleList([nn.Conv1d(WIDTH, WIDTH, 3, padding=d, dilation=d) for d in DILATIONS])
        self.norms = nn.ModuleList([nn.LayerNorm(WIDTH) for _ in range(len(DILATIONS) + 1)])
        self.attention_in, self.attention_out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.attention_norm = nn.LayerNorm(WIDTH)
        self.tag = nn.Linear(WIDTH, tags)
        self.dependent, self.governor = nn.Linear(WIDTH, ARC_WIDTH), nn.Linear(WIDTH, ARC_WIDTH)
        self.arc = nn.Parameter(torch.randn(ARC_WIDTH, ARC_WIDTH) * 0.05)
        self.governor_prior = nn.Linear(ARC_WIDTH, 1)
        self.root = nn.Parameter(torch.randn(WIDTH) * 0.1)
        self.distance = nn.Embedding(2 * MAX_DISTANCE + 3, 1)
        nn.init.zeros_(self.distance.weight)
        self.relation_dependent = nn.Linear(WIDTH, RELATION_WIDTH)
        self.relation_governor = nn.Linear(WIDTH, RELATION_WIDTH)
        self.relation = nn.Linear(RELATION_WIDTH, relations)
        self.drop = nn.Dropout(DROPOUT)

    def encode(self, features: torch.Tensor, language: torch.Tensor, present: torch.Tensor) -> torch.Tensor:
        """Return a vector for each token."""
        hidden = {"word": WORD_DROPOUT, "suffix3": PIECE_DROPOUT, "suffix5": PIECE_DROPOUT}
        parts = []
        for column, (name, table) in enumerate(self.tables.items()):
            part = table(features[..., column])
            if self.training and name in hidden:
                part = part * (torch.rand(features.shape[:2]) > hidden[name]).float().unsqueeze(-1)
            parts.append(part)
        parts += [
            self.shape(features[..., -1]),
            self.language(language).unsqueeze(1).expand(-1, features.shape[1], -1),
        ]
        states = self.input(self.drop(torch.cat(parts, -1)))
        mask = present.unsqueeze(-1).float()
        for layer, convolution in enumerate(self.convolutions):
            window = (self.norms[layer](states) * mask).transpose(1, 2)
            states = states + self.drop(functional.gelu(convolution(window).transpose(1, 2)))
            if layer == ATTENTION_BEHIND:
                states = states + self.drop(self._attend(self.attention_norm(states), present))
        vectors: torch.Tensor = self.norms[-1](states)
        return vectors

    def _attend(self, states: torch.Tensor, present: torch.Tensor) -> torch.Tensor:
        """Return what each token takes from the others of its sentence."""
        rows, longest, width = states.shape
        query, key, value = (
            part.view(rows, longest, ATTENTION_HEADS, -1).transpose(1, 2)
            for part in self.attention_in(states).chunk(3, -1)
        )
        scores = query @ key.transpose(-1, -2) / math.sqrt(width // ATTENTION_HEADS)
        scores = scores.masked_fill(~present[:, None, None, :], -1e4).softmax(-1)
        taken: torch.Tensor = self.attention_out((scores @ value).transpose(1, 2).reshape(rows, longest, width))
        return taken

    def forward(
        self, features: torch.Tensor, language: torch.Tensor, present: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return vectors, vectors with the root before them, scores of heads, and scores of tags."""
        states = self.drop(self.encode(features, language, present))
        rows, longest, _ = states.shape
        with_root = torch.cat([self.root.expand(rows, 1, -1), states], 1)
        dependents = self.drop(functional.gelu(self.dependent(states)))
        governors = self.drop(functional.gelu(self.governor(with_root)))
        scores = (dependents @ self.arc) @ governors.transpose(1, 2) + self.governor_prior(governors).transpose(1, 2)
        apart = torch.arange(longest + 1)[None] - torch.arange(1, longest + 1)[:, None]
        distance = apart.clamp(-MAX_DISTANCE, MAX_DISTANCE) + MAX_DISTANCE + 1
        distance[:, 0] = 0
        scores = scores + self.distance(distance).squeeze(-1)
        allowed = torch.cat([torch.ones(rows, 1, dtype=torch.bool), present], 1)
        return states, with_root, scores.masked_fill(~allowed[:, None, :], -1e4), self.tag(states)

    def relations_of(self, states: torch.Tensor, with_root: torch.Tensor, heads: torch.Tensor) -> torch.Tensor:
        """Return scores of relations, given the heads as 0 for the root, else position + 1."""
        above = torch.gather(with_root, 1, heads.unsqueeze(-1).expand(-1, -1, with_root.shape[-1]))
        pairs = functional.gelu(self.relation_dependent(states) + self.relation_governor(above))
        scores: torch.Tensor = self.relation(self.drop(pairs))
        return scores


# Fitting


class TreebankExamples:
    """Sentences as tensors, and the names of relations and tags by number."""

    def __init__(self, sentences: Sequence[Sentence], languages: Sequence[str]) -> None:
        self.languages = list(languages)
        self.relations = sorted({name for sentence in sentences for name in sentence.relations})
        self.tags = sorted({name for sentence in sentences for name in sentence.tags})
        self._features = {
            sentence: torch.tensor(token_features(sentence.text, sentence.tokens, sentence.language))
            for sentence in sentences
        }

    def batches(self, sentences: Sequence[Sentence]) -> list[list[Sentence]]:
        """Return the sentences in batches of about BATCH tokens, those of like length together."""
        found: list[list[Sentence]] = []
        longest = 0
        for sentence in sorted(sentences, key=lambda one: len(one.tokens) + 3 * random.random()):
            count = len(sentence.tokens)
            if not found or max(longest, count) * (len(found[-1]) + 1) > BATCH:
                found.append([])
                longest = 0
            found[-1].append(sentence)
            longest = max(longest, count)
        random.shuffle(found)
        return found

    def tensors(self, batch: Sequence[Sentence], hide_language: bool) -> tuple[torch.Tensor, ...]:
        """Return features, language, presence, heads, relations and tags of a batch."""
        longest = max(len(sentence.tokens) for sentence in batch)
        features = torch.zeros(len(batch), longest, len(BUCKETS) + 1, dtype=torch.long)
        present = torch.zeros(len(batch), longest, dtype=torch.bool)
        heads, relations, tags = (torch.full((len(batch), longest), IGNORED) for _ in range(3))
        for row, sentence in enumerate(batch):
            count = len(sentence.tokens)
            features[row, :count] = self._features[sentence]
            present[row, :count] = True
            heads[row, :count] = torch.tensor([head + 1 for head in sentence.heads])
            relations[row, :count] = torch.tensor([self.relations.index(name) for name in sentence.relations])
            tags[row, :count] = torch.tensor([self.tags.index(name) for name in sentence.tags])
        language = torch.tensor(
            [
                len(self.languages)
                if hide_language and random.random() < LANGUAGE_DROPOUT
                else self.languages.index(sentence.language)
                for sentence in batch
            ]
        )
        return features, language, present, heads, relations, tags


def is_set_aside(sentence: Sentence, number: int) -> bool:
    """Return whether a sentence is kept for the figures.

    These are half of EWT's test part and one in eight of the others.
    """
    if "ewt" in sentence.source:
        return "ewt-ud-test" in sentence.source and number % 2 == 0
    return number % 8 == 0


def fit(examples: TreebankExamples, sentences: Sequence[Sentence], epochs: int) -> ParserNetwork:
    """Fit a network to sentences; the learning rate falls as a cosine."""
    network = ParserNetwork(len(examples.languages), len(examples.relations), len(examples.tags))
    optimizer = torch.optim.AdamW(network.parameters(), lr=LEARNING_RATE, betas=(0.9, 0.98), weight_decay=WEIGHT_DECAY)
    steps = len(examples.batches(sentences)) * epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(1.0, (step + 1) / WARM_UP) * (0.5 * (1 + math.cos(math.pi * min(1.0, step / steps))) + 0.01),
    )
    for epoch in range(epochs):
        total = 0.0
        for batch in examples.batches(sentences):
            features, language, present, heads, relations, tags = examples.tensors(batch, hide_language=True)
            states, with_root, scores, tag_scores = network(features, language, present)
            relation_scores = network.relations_of(states, with_root, heads.clamp(min=0))
            loss = (
                functional.cross_entropy(scores.flatten(0, 1), heads.flatten(), ignore_index=IGNORED)
                + functional.cross_entropy(relation_scores.flatten(0, 1), relations.flatten(), ignore_index=IGNORED)
                + TAG_SHARE * functional.cross_entropy(tag_scores.flatten(0, 1), tags.flatten(), ignore_index=IGNORED)
            )
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call, unused-ignore]
            nn.utils.clip_grad_norm_(network.parameters(), CLIP)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total:.0f}", flush=True)
    return network


def attachment_scores(
    network: ParserNetwork, examples: TreebankExamples, sentences: Sequence[Sentence]
) -> dict[str, str]:
    """Return each language's attachment scores and tags in percent, heads chosen one by one."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * 5)
    network.eval()
    with torch.no_grad():
        for batch in examples.batches(sentences):
            features, language, present, heads, relations, tags = examples.tensors(batch, hide_language=False)
            states, with_root, scores, tag_scores = network(features, language, present)
            guessed = scores.argmax(-1)
            right = guessed == heads
            both = right & (network.relations_of(states, with_root, guessed).argmax(-1) == relations)
            words = present & (tags != examples.tags.index("PUNCT"))
            tagged = (tag_scores.argmax(-1) == tags) & present
            for row, sentence in enumerate(batch):
                sums = (words[row], right[row] & words[row], both[row] & words[row], present[row], tagged[row])
                counts[sentence.language] = [
                    old + int(new.sum()) for old, new in zip(counts[sentence.language], sums, strict=True)
                ]
    return {
        name: f"UAS {100 * right / words:.1f} LAS {100 * both / words:.1f} tags {100 * tagged / tokens:.1f}"
        for name, (words, right, both, tokens, tagged) in sorted(counts.items())
    }


def export(network: ParserNetwork, examples: TreebankExamples, path: Path) -> None:
    """Write the weights for summarizers.text.syntax: word pieces in bytes, others in 16 bits."""
    arrays: dict[str, Any] = {}
    for name, table in network.tables.items():
        values = table.weight.detach().numpy()
        scale = np.abs(values).max(1, keepdims=True).clip(1e-6) / 127
        arrays[f"{name}.rows"] = np.round(values / scale).astype(np.int8)
        arrays[f"{name}.scale"] = scale[:, 0].astype(np.float16)
    linear = {
        "input": network.input, "attention.in": network.attention_in, "attention.out": network.attention_out,
        "tag": network.tag, "dependent": network.dependent, "governor": network.governor, "relation": network.relation,
        "relation.dependent": network.relation_dependent, "relation.governor": network.relation_governor,
    }  # fmt: skip
    for name, layer in linear.items():
        arrays[f"{name}.weight"], arrays[f"{name}.bias"] = _half(layer.weight.T), _half(layer.bias)
    for number, convolution in enumerate(network.convolutions):
        weight = convolution.weight.permute(2, 1, 0)
        arrays[f"convolution{number}.weight"] = _half(weight.reshape(-1, weight.shape[-1]))
        arrays[f"convolution{number}.bias"] = _half(convolution.bias)
    norms = {f"norm{number}": norm for number, norm in enumerate(network.norms)}
    for name, norm in {**norms, "attention.norm": network.attention_norm}.items():
        arrays[f"{name}.weight"], arrays[f"{name}.bias"] = _half(norm.weight), _half(norm.bias)
    arrays |= {
        "shape": _half(network.shape.weight), "language": _half(network.language.weight), "arc": _half(network.arc),
        "governor.prior": _half(network.governor_prior.weight.T), "governor.prior.bias": _half(network.governor_prior.bias),
        "root": _half(network.root), "distance": _half(network.distance.weight[:, 0]),
    }  # fmt: skip
    description = {"relations": examples.relations, "tags": examples.tags, "languages": examples.languages}
    arrays["description"] = np.frombuffer(json.dumps(description).encode(), np.uint8)
    np.savez_compressed(path, **arrays)


def _half(tensor: torch.Tensor) -> Any:
    """Return a tensor in 16 bits."""
    return tensor.detach().numpy().astype(np.float16)


def main() -> None:
    """Fit a family, print its scores on the sentences set aside, and write its weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--treebanks", type=Path, required=True, help="folder of LL_*.conllu.gz")
    parser.add_argument("--family", choices=FAMILIES, required=True)
    parser.add_argument("--epochs", type=int, default=32, help="passes over the sentences")
    parser.add_argument("--write", action="store_true", help="write summarizers/data/syntax_FAMILY.npz")
    arguments = parser.parse_args()
    random.seed(1)
    torch.manual_seed(1)
    languages = FAMILIES[arguments.family]
    paths = sorted(path for path in arguments.treebanks.glob("*.conllu.gz") if path.name[:2] in languages)
    sentences = [sentence for path in paths for sentence in read_treebank(path)]
    random.shuffle(sentences)
    aside = [sentence for number, sentence in enumerate(sentences) if is_set_aside(sentence, number)]
    rest = [sentence for number, sentence in enumerate(sentences) if not is_set_aside(sentence, number)]
    examples = TreebankExamples(sentences, languages)
    network = fit(examples, rest, arguments.epochs)
    for language, figures in attachment_scores(network, examples, aside).items():
        print(language, figures)
    if arguments.write:
        export(network, examples, DATA / f"syntax_{arguments.family}.npz")


if __name__ == "__main__":
    main()
