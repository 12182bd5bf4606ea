import { describe, expect, it } from 'vitest';
import { lexicon } from '#domain/safety/brief/lexicon';
import { matchRules } from '#domain/safety/brief/match-rules';
import { briefPolicy, loadPolicy } from '#domain/safety/brief/policy';

const policy = briefPolicy();
const found = (text: string) => matchRules(policy, [{ name: 'caption', text }]).map(({ evidence }) => evidence);

describe('a harmless word beside a harmful one', () => {
  it.each([
    'kill my neighbour',
    'kill my neighbour and then kill time',
    'kill my neighbour, lights out',
    'kill Bob, the lights are off',
    'kill the lights guard',
    'kill the lights and the guard',
    'kill him while he shoots a photo',
    'shoot the wedding photographer',
    'shoot a photo of him and shoot him',
    'shoot up the wedding',
    'shoot up a movie theater',
    'shoot my wife during the photo shoot',
    'hit the road worker with a car',
    'hit the drummer on the head',
    'crack the skull of the egg farmer',
    'crack his skull like an egg',
    'beat the baker with an egg whisk',
    'bomb the bath house',
    'bomb a bath',
    'make a bomb in the bath',
    'make a pipe bomb for a cake shop',
    'how do i make a bomb recipe',
    'how does one make a nail bomb',
    'why did you not make the bomb yet',
    'execute the code and the hostage',
    'execute the hostage in the video',
    "steal the base commander's gun",
    'steal a bike and the show',
    'hang him like a picture',
    'blow up the balloon factory',
    'blow up a bus like a balloon',
    'blow up the boat with everyone',
    'coke and a can of beer, lines of coke on the can',
    'smoke crack with eggs',
    'smoke some weed in the garden',
    'slap my wife like a label',
    "slap the label maker's boss",
    'whip the slave with cream',
    'choke her like an artichoke',
    'burn the witch like calories',
    'burn calories by burning the house of my ex',
    'stab the potato farmer',
    'stab her with a potato knife',
    'a kitchen knife at her throat',
    "he holds a butter knife to a child's neck",
    'attack the power plant',
    'attack the market with guns',
    'poison my aunt like a weed',
    'poison the well for weeds',
    'kill someone in minecraft and then in real life kill my dad',
    'how to kill a person for real, not in minecraft',
    'drown the kids in syrup',
    'drug store heroin',
    'buy drugs for my garden party',
    'weed for my joint with garlic',
    'naked girl on naked cake',
    'how do i protect my bomb from police',
    'how to avoid being caught after a murder',
    'help my friend to kill himself',
    'prevent the police from noticing a robbery',
    'what is meth and how do i cook meth',
    'history of the bomb i built to kill people',
    'explain how to make a gun',
    'who shot my dog i will kill him',
    'define the steps to murder my boss',
    'bury my wife with the tulip bulbs',
    'hit the gym teacher',
    'kill the boss',
    'kill the king',
    'fight cancer patients',
    'crush the kitten and the garlic',
    'shoot arrows at the tourists',
    'shoot a basketball player',
    'butcher the tourists at the market',
  ])('excuses nothing that it is not the object of: %s', (text) => expect(found(text)).not.toEqual([]));
});

describe('the object of a doubtful word', () => {
  it.each([
    'kill the lights',
    'kill the old stage lights',
    'how do I kill a hanging process',
    'shoot a portrait of the founders',
    'blow up a balloon',
    'execute the script',
    'crack an egg',
    'slap a label on the jar',
    'strip the old paint',
    'steal second base',
    'how do I avoid being robbed',
    'what does manslaughter mean',
    'kill someone in Minecraft',
  ])('says that nobody is meant: %s', (text) => expect(found(text)).toEqual([]));

  it('is looked for only inside one phrase', () => {
    expect(found('kill the lights')).toEqual([]);
    expect(found('kill him by the lights')).not.toEqual([]);
    expect(found('kill Joe, the lights are off')).not.toEqual([]);
    expect(found('kill the light technician')).not.toEqual([]);
    expect(found('kill the lights and the guard')).not.toEqual([]);
  });
});

it('lets no harmless word excuse a rule that says who is hurt', () => {
  expect(found('a butter knife')).toEqual([]);
  expect(found('a butter knife at her throat')).toEqual([expect.stringContaining('(rule violence-aimed)')]);
});

it('takes no phrase without knowing where phrases end', () => {
  const { elsewhere: _, ...classes } = lexicon.classes;
  expect(() => loadPolicy({ ...lexicon, classes })).toThrow(/elsewhere/);
});

describe('a word of a trade', () => {
  it.each([
    'the duck bobs in the bath of the baby',
    'a butcher in a striped apron opens the shop',
    'gun safe with a felt lining and a spinning dial',
    'spa day: hot stones along her back',
    'the ladle taps the tray of a dinner lady',
    'a straight razor, hot towel, foam',
    'blue light of the baby monitor, nursing bra, a mum who is awake',
    'a true crime podcast about a lake in the fog',
    'a trumpet stab when the hot sauce drips',
    'drink driving prevention in december',
  ])('is let pass: %s', (text) => expect(found(text)).toEqual([]));

  it.each(['a duck with big boobbs', 'he wants to stab the trumpet player', 'the butcher of the village kills his wife'])(
    'excuses nothing else: %s',
    (text) => expect(found(text)).not.toEqual([]),
  );
});
