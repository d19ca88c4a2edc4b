"""Why a model answers as it does: which ink of one digit speaks for an answer, and which against it.

What is explained is the *score* of an answer: its logit less the mean of all ten. Softmax does not see what
all logits have in common, so that part explains nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray

from engine.inference.predictor import CHUNK
from engine.training.batches import as_input

if TYPE_CHECKING:
    from engine.inference.predictor import Predictor

SIDE = 28
PATCH = 4  # side of what is covered at a time, pixels: half as wide again as a stroke
STRIDE = 2  # pixels from patch to patch: at every pixel it took four times as long and looked the same
STEPS = 64  # pictures between blank paper and the digit: with 24 the sum was off by up to 0.8

Heat = NDArray[np.float32]  # (28, 28): > 0 speaks for the answer, < 0 against it


def scores(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the scores (N, 10) of (N, 10) logits: each row less its mean."""
    centred: NDArray[np.float32] = logits - logits.mean(axis=1, keepdims=True)
    return centred


def occlusion(predictor: Predictor, digit: NDArray[np.uint8], label: int) -> Heat:
    """Return how much the score of ``label`` falls where a piece of the ink is covered with paper.

    A patch of PATCH × PATCH pixels is laid on every place of the digit; a pixel has the mean of the falls of
    all patches that cover it. After M. D. Zeiler, R. Fergus: Visualizing and Understanding Convolutional
    Networks, ECCV 2014, section 4.2; they cover with grey, here paper is black as in every digit.

    Args:
        predictor: answers.
        digit: (28, 28) uint8, canonical.
        label: the answer that is explained, 0 … 9.
    """
    edge = PATCH - STRIDE  # patches reach over the edge, so that each pixel is under equally many
    starts = range(-edge, SIDE, STRIDE)
    places = [
        np.s_[max(0, top) : top + PATCH, max(0, left) : left + PATCH] for top in starts for left in starts
    ]
    places = [place for place in places if digit[place].any()]  # elsewhere there is nothing to cover
    shown = np.repeat(digit[None], 1 + len(places), axis=0)
    for covered, place in zip(shown[1:], places, strict=True):
        covered[place] = 0
    score = scores(predictor.logits(shown))[:, label]
    heat = np.zeros((SIDE, SIDE), np.float32)
    for place, fall in zip(places, score[0] - score[1:], strict=True):
        heat[place] += fall
    heat /= (PATCH // STRIDE) ** 2
    return heat


def integrated_gradients(predictor: Predictor, digit: NDArray[np.uint8], label: int) -> Heat:
    """Return what each pixel adds to the score of ``label`` on the way from blank paper to the digit.

    A pixel's ink times the mean gradient over STEPS pictures between paper and digit; all pixels together
    add up to the score less that of blank paper. After M. Sundararajan, A. Taly, Q. Yan: Axiomatic
    Attribution for Deep Networks, ICML 2017, equation 3, summed at the middles of the steps.

    Args:
        predictor: answers.
        digit: (28, 28) uint8, canonical.
        label: the answer that is explained, 0 … 9.
    """
    ink = as_input(torch.tensor(digit[None]))  # (1, 1, 28, 28)
    with torch.enable_grad():
        ways = ((torch.arange(STEPS) + 0.5) / STEPS).view(-1, 1, 1, 1) * ink
        ways.requires_grad_(True)
        logits = predictor.model(ways)
        score = (logits[:, label] - logits.mean(dim=1)).sum()
        (gradient,) = torch.autograd.grad(score, ways)
    heat: Heat = (ink * gradient.mean(dim=0, keepdim=True))[0, 0].numpy()
    return heat


def last_hidden(predictor: Predictor, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return (N, D): what the last hidden layer makes of (N, 28, 28) uint8 canonical digits."""
    body = predictor.model[:-1]
    parts = []
    for start in range(0, len(images), CHUNK):
        with torch.inference_mode():
            part = body(as_input(torch.tensor(images[start : start + CHUNK])))
        parts.append(part.reshape(len(part), -1).numpy())
    return np.concatenate(parts) if parts else np.empty((0, 0), np.float32)
