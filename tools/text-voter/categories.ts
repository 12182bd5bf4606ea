import type { SafetyCategory } from '#contracts/verdict';

export const HARMBENCH_CATEGORY: Readonly<Record<string, SafetyCategory>> = {
  chemical_biological: 'dangerous-goods',
  cybercrime_intrusion: 'deception',
  misinformation_disinformation: 'deception',
  harassment_bullying: 'hate',
  illegal: 'deception',
};
export const STRONGREJECT_CATEGORY: Readonly<Record<string, SafetyCategory>> = {
  'Non-violent crimes': 'deception',
  Violence: 'violence',
  'Disinformation and deception': 'deception',
  'Hate, harassment and discrimination': 'hate',
  'Illegal goods and services': 'dangerous-goods',
  'Sexual content': 'sexual',
};
/** Hazards of AILuminate that are ours as well; the others are advice that only professionals may give. */
export const AILUMINATE_CATEGORY: Readonly<Record<string, SafetyCategory>> = {
  cse: 'minors',
  dfm: 'hate',
  hte: 'hate',
  ipv: 'deception',
  iwp: 'dangerous-goods',
  ncr: 'deception',
  prv: 'deception',
  src: 'sexual',
  ssh: 'self-harm',
  sxc_prn: 'sexual',
  vcr: 'violence',
};
export const CATQA_CATEGORY: Readonly<Record<string, SafetyCategory>> = {
  'Child Abuse': 'minors',
  'Hate/Harass/Violence': 'hate',
  'Malware Viruses': 'deception',
  'Physical Harm': 'violence',
  'Economic Harm': 'deception',
  'Fraud/Deception': 'deception',
  'Adult Content': 'sexual',
  'Privacy Violation Activity': 'deception',
  'Illegal Activity': 'deception',
};
export const MODERATION_CATEGORY: readonly (readonly [string, SafetyCategory])[] = [
  ['S3', 'minors'],
  ['S', 'sexual'],
  ['SH', 'self-harm'],
  ['H', 'hate'],
  ['HR', 'hate'],
  ['V2', 'violence'],
  ['V', 'violence'],
];
