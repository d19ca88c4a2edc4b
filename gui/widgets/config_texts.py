"""What each setting of a training means, in words for somebody who meets it for the first time."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def explanations() -> dict[str, str]:
    """Return the explanation of each field of the settings form, in the window's language."""
    translate = QCoreApplication.translate
    return {
        "model": translate(
            "ConfigTexts",
            "The kind of network. The perceptron looks at all pixels at once and is quick. The convolutional "
            "network looks for strokes and corners, and reads digits better.",
        ),
        "start_from": translate(
            "ConfigTexts",
            "Random numbers: it knows nothing at first. A trained model: it goes on from what that model "
            "knows, which helps most when there are few digits.",
        ),
        "epochs": translate(
            "ConfigTexts",
            "One epoch shows every training digit once. More epochs learn more, until the network only "
            "memorises its digits.",
        ),
        "batch_size": translate(
            "ConfigTexts",
            "How many digits are shown together before the parameters, the numbers that the network learns, "
            "change once. That is one step. Type any number; the arrows double and halve it.",
        ),
        "learning_rate": translate(
            "ConfigTexts",
            "How far the parameters move in a step. Too small: it learns slowly. Too large: the loss "
            "jumps or stops being a number. It rises at first and falls towards the end; this is "
            "its highest value.",
        ),
        "augment": translate(
            "ConfigTexts",
            "Shows each digit a little shifted, turned and stretched, differently every epoch. It helps most "
            "when there are few digits. The button beside it opens each amount.",
        ),
        "device": translate(
            "ConfigTexts",
            "What computes. Automatic takes a graphics card where there is one that can, else the processor; "
            "the one in use is shown while it trains.",
        ),
        "hidden1": translate(
            "ConfigTexts",
            "Units in the perceptron's first hidden layer. More of them can learn more, but take longer and "
            "memorise sooner.",
        ),
        "hidden2": translate("ConfigTexts", "Units in a second hidden layer; “none” leaves it out."),
        "layers": translate(
            "ConfigTexts",
            "With a trained model to start from: let all its layers learn on, or the last one only, which "
            "decides by what the others have learnt to see.",
        ),
        "train_images": translate(
            "ConfigTexts",
            "How many of your training digits are used, all ten classes alike: to see what more data does.",
        ),
        "strokes": translate(
            "ConfigTexts",
            "Digits that were written with a pen or mouse, or imported as strokes, can be drawn anew each "
            "epoch, with another slant, pen and tremor, as the same hand might write them another time. "
            "Pictures stay as they are.",
        ),
        "class_weights": translate(
            "ConfigTexts",
            "Balanced: errors on a digit count the more, the fewer of it there are, so that rare ones are "
            "learnt too. The curves show the plain loss either way.",
        ),
        "sampling": translate(
            "ConfigTexts",
            "Shuffled: each digit is shown exactly once an epoch. With replacement: each batch is drawn "
            "anew, so that some digits come twice or three times and some never.",
        ),
        "early_stop": translate(
            "ConfigTexts",
            "Ends the training when the validation loss no longer gets better, and keeps the best epoch.",
        ),
        "patience": translate(
            "ConfigTexts", "For how many epochs in a row it may fail to get better before the training ends."
        ),
        "weight_decay": translate(
            "ConfigTexts", "Pulls all parameters a little towards zero in every step, against memorising."
        ),
        "rehearse": translate(
            "ConfigTexts",
            "For a few digits of your own, on top of a trained model: only they are learned, and this many "
            "starter digits are mixed into each epoch, so that nothing is forgotten.",
        ),
        "seed": translate(
            "ConfigTexts",
            "The number all chance comes from. The same seed, digits and settings give the same training "
            "again.",
        ),
    }
