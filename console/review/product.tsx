import { useState } from 'preact/hooks';
import type { ReviewDetail } from '#contracts/review-api';
import { percent } from '../logic/money.ts';
import { Fact, Facts } from '../ui/facts.tsx';

/** Below this the cut-out deserves a second look: prep asks a person from here on. */
const SURE_FROM = 0.8;

/** The photo as it came and the product as it was cut out, one over the other, with a slider between them. */
export function Product({ detail }: { detail: ReviewDetail }) {
  const { media, mask, brief } = detail;
  const [cut, setCut] = useState(50);
  const sure = mask.confidence >= SURE_FROM;
  return (
    <div class="product">
      {media.photo && media.cutout ? (
        <figure>
          <div class="compare" style={{ '--cut': `${cut}%` }}>
            <img class="before" src={media.photo} alt={`${brief.product.name}, as uploaded`} />
            <div class="after">
              <img src={media.cutout} alt={`${brief.product.name}, cut out of its background`} />
            </div>
            <input
              type="range"
              min={0}
              max={100}
              value={cut}
              aria-label="Uploaded photo on the left, cut-out on the right"
              aria-valuetext={`${cut} % photo`}
              onInput={(event) => setCut(Number(event.currentTarget.value))}
            />
          </div>
          <figcaption>
            <span>As uploaded</span>
            <span>Cut out</span>
          </figcaption>
        </figure>
      ) : (
        <figure>
          {media.photo ? <img src={media.photo} alt={`${brief.product.name}, as uploaded`} /> : <p class="quiet">No picture was kept.</p>}
        </figure>
      )}
      <Facts>
        <Fact name="Product">{brief.product.name}</Fact>
        <Fact name="Mask">
          <span class={sure ? 'good' : 'warn'}>{percent(mask.confidence)} sure</span>
        </Fact>
        <Fact name="Made by">{mask.source}</Fact>
      </Facts>
    </div>
  );
}
