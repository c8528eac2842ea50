import { Button } from '@pass/web/ui/button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { Plus, Trash2 } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'

/** What was scanned, as it is kept, or why it is not. */
export type Noted = { numero: string } | { refus: string }

type Props = {
  label: string
  aide: string
  /** The button that adds. */
  action: string
  /** How many are noted, in a sentence. */
  compte: ReactNode
  notes: readonly string[]
  read: (text: string) => Noted
  onChange: (notes: string[]) => void
  describe: (numero: string) => string
  /** What is listed is printed numbers, not words. */
  code?: boolean
}

/** Numbers noted one after the other, scanned or typed, each checked before it enters the list. */
export const NotedField = ({ label, aide, action, compte, notes, read, onChange, describe, code = false }: Props) => {
  const [text, setText] = useState('')
  const [refus, setRefus] = useState<string | undefined>()
  const add = () => {
    const noted = read(text)
    setRefus('refus' in noted ? noted.refus : undefined)
    if ('refus' in noted) return
    onChange([...notes, noted.numero])
    setText('')
  }
  // a hand scanner ends with Enter: it notes what was scanned, it never receives the delivery
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    add()
  }
  return (
    <>
      <TextField
        label={label}
        facultatif
        aide={aide}
        code
        autoComplete="off"
        value={text}
        error={refus}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
      />
      <div>
        <Button variant="second" icon={Plus} onClick={add}>
          {action}
        </Button>
      </div>
      <p role="status">{compte}</p>
      {notes.length > 0 && (
        <ul className="pile">
          {notes.map((numero) => (
            <li key={numero} className="ligne-simple">
              <span {...(code && { className: 'code' })}>{describe(numero)}</span>
              <Button
                variant="lien"
                icon={Trash2}
                aria-label={`Retirer ${describe(numero)}`}
                onClick={() => onChange(notes.filter((one) => one !== numero))}
              >
                Retirer
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
