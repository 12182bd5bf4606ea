import brands from './lexicon/brand-ip.json' with { type: 'json' };
import vocabulary from './lexicon/classes.json' with { type: 'json' };
import dangerousGoods from './lexicon/dangerous-goods.json' with { type: 'json' };
import deception from './lexicon/deception.json' with { type: 'json' };
import harmless from './lexicon/harmless.json' with { type: 'json' };
import hate from './lexicon/hate.json' with { type: 'json' };
import known from './lexicon/known-words.json' with { type: 'json' };
import minors from './lexicon/minors.json' with { type: 'json' };
import political from './lexicon/political.json' with { type: 'json' };
import publicFigures from './lexicon/public-figure.json' with { type: 'json' };
import rare from './lexicon/rare-words.json' with { type: 'json' };
import selfHarm from './lexicon/self-harm.json' with { type: 'json' };
import senses from './lexicon/senses.json' with { type: 'json' };
import sexual from './lexicon/sexual.json' with { type: 'json' };
import violence from './lexicon/violence.json' with { type: 'json' };

/** The rules of this release, written one file a category. A tenant's own terms are one more rule in a copy of this. */
export const lexicon = {
  schema: 'framewright/brief-policy/v2',
  version: '6',
  classes: vocabulary.classes,
  allow: [...harmless.allow, ...senses.senses.flatMap(({ phrases }) => phrases)],
  rules: [sexual, minors, violence, hate, selfHarm, political, publicFigures, brands, dangerousGoods, deception].flatMap(
    ({ rules }) => rules,
  ),
  combinations: minors.combinations,
};

/** The 50,000 most frequent words, most frequent first. */
export const frequentWords: readonly string[] = known.words.split(' ');
/**
 * Ordinary words: what is among them is never suspected of being another word misspelt. Rare ones are among them only where they would be
 * (tools/lexicon/rare-words.ts).
 */
export const knownWords: readonly string[] = [...frequentWords, ...rare.words.split(' ')];
