package io.oomstream.diagnosis;

/** The languages that causes, advice and the text report are written in. */
public enum Language {
  /** English. */
  EN,
  /** Chinese. */
  ZH
}
