import type { ReviewItem } from '#contracts/review';
import type { Me } from '#contracts/review-api';
import { heldByAnother, isOpen, samePerson } from './claims.ts';

type Person = Pick<Me, 'name' | 'skills'>;

/** Whether a person is trained for every category of a question; no skills named means all. */
export const isTrained = ({ categories }: Pick<ReviewItem, 'categories'>, { skills }: Pick<Me, 'skills'>): boolean =>
  skills.length === 0 || categories.every((category) => skills.includes(category));

/** Why a person should leave a question to others at this moment, in words for them; `undefined` when they may take it. */
export function whyNotMine(item: ReviewItem, person: Person, now: Date): string | undefined {
  if (!isOpen(item, now)) return 'it is settled, or its deadline has passed';
  if (heldByAnother(item, person.name, now)) return `${item.claim?.reviewer} is at it until ${item.claim?.until}`;
  if (item.firstApproval && samePerson(item.firstApproval.reviewer, person.name)) return 'you approved it; another person has to agree';
  if (!isTrained(item, person)) return `it needs skill in ${item.categories.filter((one) => !person.skills.includes(one)).join(', ')}`;
  return undefined;
}
