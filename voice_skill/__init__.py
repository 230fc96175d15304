"""An offline voice guide for runners with low-back pain. It informs, it never diagnoses."""

__version__ = "0.1.0"
