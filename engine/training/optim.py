"""AdamW, without torch's optimizer class."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.optim.adamw import adamw

BETAS = (0.9, 0.99)  # the second is shorter than usual: a run may last 20 steps only


class AdamW:
    """Adam with decoupled weight decay, fused into one call a step.

    I. Loshchilov, F. Hutter, "Decoupled weight decay regularization" (2019), arXiv:1711.05101. The arithmetic
    is torch's own; its optimizer *class* is not used because building one loads torch's compiler, 1.4 s
    that a training of ten images would wait for.
    """

    def __init__(self, model: nn.Module, weight_decay: float) -> None:
        """Start with empty moments for every parameter of ``model`` that is to learn."""
        self._parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
        self._weight_decay = weight_decay
        # The first moment, the second, and the count of steps that corrects their bias, a parameter each.
        self._averages = [torch.zeros_like(parameter) for parameter in self._parameters]
        self._squares = [torch.zeros_like(parameter) for parameter in self._parameters]
        self._steps = [torch.zeros((), device=item.device) for item in self._parameters]

    def zero_grad(self) -> None:
        """Forget the gradients of the last step."""
        for parameter in self._parameters:
            parameter.grad = None

    @torch.no_grad()
    def step(self, learning_rate: float) -> None:
        """Change every parameter by its gradient."""
        adamw(
            list(self._parameters),
            [item.grad for item in self._parameters if item.grad is not None],
            self._averages,
            self._squares,
            [],
            self._steps,
            fused=True,
            amsgrad=False,
            beta1=BETAS[0],
            beta2=BETAS[1],
            lr=learning_rate,
            weight_decay=self._weight_decay,
            eps=1e-8,
            maximize=False,
        )

    def state(self) -> dict[str, Tensor]:
        """Return the moments and counts under stable names; not copies."""
        return {
            f"{name}.{number}": value
            for name, values in self._named().items()
            for number, value in enumerate(values)
        }

    def load_state(self, state: Mapping[str, Tensor]) -> None:
        """Take over what ``state`` returned.

        Raises:
            ValueError: it belongs to another model.
        """
        own = self.state()
        fits = own.keys() == state.keys() and all(
            own[key].shape == state[key].shape and own[key].dtype == state[key].dtype for key in own
        )
        if not fits:
            raise ValueError("the optimizer state belongs to another model")
        for name, value in own.items():
            value.copy_(state[name])

    def _named(self) -> dict[str, list[Tensor]]:
        return {"average": self._averages, "square": self._squares, "steps": self._steps}
