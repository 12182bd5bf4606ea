import type { Brief } from '#contracts/brief';
import type { Channel } from '#domain/ports';

/** Every text of a brief, and what was heard in its reference. File names are texts too: they say what a picture shows. */
export function channelsOf(brief: Brief, transcript: string | undefined): Channel[] {
  const channel = (name: string, text: string | undefined): Channel[] => (text ? [{ name, text }] : []);
  return [
    ...channel('campaign', brief.campaign),
    ...channel('product.name', brief.product.name),
    ...channel('product.photo', fileWords(brief.product.photo)),
    ...channel('brand.logo', fileWords(brief.brand.logo)),
    ...brief.storyboard.flatMap((frame, index) => [
      ...channel(`storyboard[${index}].description`, frame.description),
      ...channel(`storyboard[${index}].caption`, frame.caption),
    ]),
    ...channel('reference', fileWords(brief.reference)),
    ...channel('reference.transcript', transcript),
    ...Object.entries(brief.metadata).flatMap(([key, value]) => channel(`metadata.${key}`, value)),
  ];
}

/** `nudePhoto_final.png` reads as `nude Photo final png`. */
const fileWords = (name: string | undefined): string | undefined => name?.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[/_.-]+/g, ' ');
