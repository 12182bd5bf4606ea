import { openMemoryReviewStore } from '#adapters/memory/review-store';
import { reviewStoreSuite } from './review-store.suite.ts';

reviewStoreSuite('the review queue in memory', async () => openMemoryReviewStore());
