"""A page on this computer with large live captions, which takes answers by keyboard."""
