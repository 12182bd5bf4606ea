import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ShotView } from '#contracts/review-api';
import { MIDDLE_BOX } from '../logic/box.ts';
import type { DraftNote } from '../logic/draft.ts';
import { timecode } from '../logic/frames.ts';
import { Button } from '../ui/button.tsx';

interface NotesProps {
  readonly notes: readonly DraftNote[];
  readonly editing: number | undefined;
  readonly shots: readonly ShotView[];
  onChange(note: DraftNote): void;
  onRemove(id: number): void;
  onEdit(id: number): void;
  onAdd(shot?: ShotView): void;
}

/** Notes of a rework: each names a frame, and its shot is rendered again. */
export function Notes({ notes, editing, shots, onChange, onRemove, onEdit, onAdd }: NotesProps) {
  return (
    <div class="notes">
      {notes.map((note, index) =>
        note.id === editing ? (
          <NoteForm key={note.id} note={note} number={index + 1} shots={shots} onChange={onChange} onRemove={onRemove} />
        ) : (
          <div key={note.id} class="note">
            <button type="button" class="reason" onClick={() => onEdit(note.id)}>
              <span class="reason-head">
                <span class="number">{index + 1}</span>
                <span class="where">
                  Shot {note.shot + 1} at {timecode(note.at)}
                </span>
              </span>
              <span class="evidence">{note.text || 'No words yet'}</span>
            </button>
            <Button look="quiet" icon="cross" label={`Remove note ${index + 1}`} onClick={() => onRemove(note.id)} />
          </div>
        ),
      )}
      <div class="note-adders">
        <Button icon="note" shortcut="n" onClick={() => onAdd()}>
          Note on this frame
        </Button>
        <label class="inline">
          <span class="unseen">Regenerate one shot</span>
          <select
            aria-label="Regenerate one shot"
            value=""
            onChange={(event) => {
              const shot = shots.find((one) => String(one.shot) === event.currentTarget.value);
              event.currentTarget.value = '';
              if (shot) onAdd(shot);
            }}
          >
            <option value="">Regenerate a shot…</option>
            {shots.map((shot) => (
              <option key={shot.shot} value={String(shot.shot)}>
                {`${shot.shot + 1}: ${shot.description.slice(0, 48)}`}
              </option>
            ))}
          </select>
        </label>
      </div>
    </div>
  );
}

interface NoteFormProps {
  readonly note: DraftNote;
  readonly number: number;
  readonly shots: readonly ShotView[];
  onChange(note: DraftNote): void;
  onRemove(id: number): void;
}

function NoteForm({ note, number, shots, onChange, onRemove }: NoteFormProps) {
  const words = useRef<HTMLTextAreaElement>(null);
  // At once: what is typed right after the key has to land here.
  useLayoutEffect(() => words.current?.focus(), []);
  const shot = shots.find((one) => one.shot === note.shot);
  return (
    <fieldset class="note-form">
      <legend>
        <span class="number">{number}</span> Shot {note.shot + 1} at {timecode(note.at)}
      </legend>
      <div class="field">
        <label for={`note-${note.id}`}>What should change</label>
        <textarea
          ref={words}
          id={`note-${note.id}`}
          rows={2}
          maxLength={500}
          required
          value={note.text}
          onInput={(event) => onChange({ ...note, text: event.currentTarget.value })}
        />
      </div>
      <details open={note.description !== ''}>
        <summary>New words for the shot</summary>
        <div class="field">
          <label for={`words-${note.id}`}>Instead of “{shot?.description ?? ''}”</label>
          <textarea
            id={`words-${note.id}`}
            rows={3}
            maxLength={1000}
            value={note.description}
            onInput={(event) => onChange({ ...note, description: event.currentTarget.value })}
          />
          <small>Screened like a brief before they are accepted. Empty keeps the words and only tries another seed.</small>
        </div>
      </details>
      <div class="note-tools">
        {note.box ? (
          <Button look="quiet" icon="cross" onClick={() => onChange({ ...note, box: undefined })}>
            Remove box
          </Button>
        ) : (
          <Button look="quiet" icon="box" onClick={() => onChange({ ...note, box: MIDDLE_BOX })}>
            Add a box
          </Button>
        )}
        <span class="stretch" />
        <Button look="quiet" onClick={() => onRemove(note.id)}>
          Remove note
        </Button>
      </div>
    </fieldset>
  );
}
