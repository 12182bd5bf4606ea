"""Muon (Jordan and others, 2024, "Muon: An optimizer for hidden layers"): momentum whose matrices are made orthogonal by a Newton-Schulz iteration.
Matrices of one shape are treated as one stack, so a step costs a few dozen kernels rather than a thousand."""

import torch

COEFFICIENTS = (3.4445, -4.7750, 2.0315)  # of the quintic iteration, from the reference implementation
ITERATIONS = 5


def orthogonal(stack: torch.Tensor) -> torch.Tensor:
    a, b, c = COEFFICIENTS
    x = stack.bfloat16()
    flipped = x.shape[-2] > x.shape[-1]
    if flipped:
        x = x.mT
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(ITERATIONS):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.mT if flipped else x


class Muon(torch.optim.Optimizer):
    """`lr` is comparable to AdamW's: updates are scaled to its usual size, 0.2 * sqrt(longest side) (arXiv 2502.16982)."""

    def __init__(self, params, lr, momentum=0.95, weight_decay=0.01):
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})
        self.shapes = {}
        for group in self.param_groups:
            for p in group["params"]:
                self.shapes.setdefault(tuple(p.shape), []).append(p)

    @torch.no_grad()
    def step(self):
        group = self.param_groups[0]
        for shape, params in self.shapes.items():
            gradients = [p.grad for p in params]
            buffers = [self.state[p].setdefault("momentum", torch.zeros_like(p)) for p in params]
            torch._foreach_lerp_(buffers, gradients, 1 - group["momentum"])
            looked_ahead = torch._foreach_lerp(gradients, buffers, group["momentum"])
            update = orthogonal(torch.stack(looked_ahead)).float() * (0.2 * max(shape) ** 0.5)
            torch._foreach_mul_(params, 1 - group["lr"] * group["weight_decay"])
            torch._foreach_add_(params, list(update.unbind(0)), alpha=-group["lr"])
