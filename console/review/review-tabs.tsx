import type { ReviewDetail } from '#contracts/review-api';
import type { Tab } from '../ui/tabs.tsx';
import { History, Provenance } from './history.tsx';
import type { Player } from './player.ts';
import { Product } from './product.tsx';
import { Cost, Quality } from './quality.tsx';
import { Storyboard } from './storyboard.tsx';
import { Votes } from './votes.tsx';

/** What else there is to know, by what is asked. */
export function tabsOf(detail: ReviewDetail, player: Player | undefined): readonly Tab[] {
  const failed = [...(detail.clipVerdict?.ballots ?? []), ...(detail.briefVerdict.ballots ?? [])].filter(
    ({ status }) => status !== 'voted',
  ).length;
  const votes: Tab = { name: 'Votes', badge: failed > 0 ? `${failed} incomplete` : undefined, body: () => <Votes detail={detail} /> };
  const history: Tab = { name: 'History', body: () => <History detail={detail} /> };
  const cost: Tab = { name: 'Cost', body: () => <Cost detail={detail} /> };
  const provenance: Tab = { name: 'Provenance', body: () => <Provenance detail={detail} /> };
  if (!player) return [votes, cost, history, provenance];
  return [
    { name: 'Storyboard', body: () => <Storyboard detail={detail} player={player} /> },
    votes,
    { name: 'Product', body: () => <Product detail={detail} /> },
    { name: 'Quality', body: () => <Quality detail={detail} player={player} /> },
    cost,
    history,
    provenance,
  ];
}
