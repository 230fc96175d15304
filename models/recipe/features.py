"""Log mel energies: what the network learns from, and their cosine transform, what Vosk feeds it.

Energies are kept rather than cepstra because level, colour, band and noise are simple sums there;
the cosine transform is linear and folds into the first layer when the model is written.
"""

import kaldi_native_fbank as knf
import numpy as np

RATE_HZ = 16000
BINS = 40
FRAME_SECONDS = 0.01
MFCC_CONF = """--use-energy=false
--num-mel-bins=40
--num-ceps=40
--low-freq=20
--high-freq=-400
--sample-frequency=16000
--dither=0
"""
_LIFTER = 22.0


def log_mel(samples: np.ndarray) -> np.ndarray:
    """samples: mono float in -1..1 at 16 kHz. Returns (frames, 40) float32, 100 frames a second."""
    options = knf.FbankOptions()
    options.frame_opts.dither = 0.0
    options.frame_opts.samp_freq = RATE_HZ
    options.mel_opts.num_bins = BINS
    options.mel_opts.low_freq = 20
    options.mel_opts.high_freq = -400
    bank = knf.OnlineFbank(options)
    bank.accept_waveform(RATE_HZ, np.round(np.clip(samples, -1, 1) * 32767).tolist())
    bank.input_finished()
    if bank.num_frames_ready == 0:
        return np.zeros((0, BINS), np.float32)
    return np.stack([bank.get_frame(i) for i in range(bank.num_frames_ready)]).astype(np.float32)


def cepstral_transform() -> np.ndarray:
    """(40, 40): cepstra = transform @ log mel, Kaldi's DCT with its lifter."""
    k, n = np.meshgrid(np.arange(BINS), np.arange(BINS), indexing="ij")
    dct = np.sqrt(2.0 / BINS) * np.cos(np.pi * k * (n + 0.5) / BINS)
    dct[0] = np.sqrt(1.0 / BINS)
    lifter = 1 + 0.5 * _LIFTER * np.sin(np.pi * np.arange(BINS) / _LIFTER)
    return np.asarray(lifter[:, None] * dct, np.float64)
