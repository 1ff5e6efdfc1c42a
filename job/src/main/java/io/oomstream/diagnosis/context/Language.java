package io.oomstream.diagnosis.context;

/** The languages that causes, advice and the text report are written in. */
public enum Language {
  /** English. */
  EN,
  /** Chinese. */
  ZH
}
