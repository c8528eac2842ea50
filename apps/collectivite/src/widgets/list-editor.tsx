import { Button } from '@pass/web/ui/button.tsx'
import { Trash2 } from 'lucide-react'

type Line = { id: string; libelle: string }
type Props = { lines: readonly Line[]; vide: string; onRemove: (id: string) => void }

/** A short list that is written line by line: each line says how to take it away. */
export const ListEditor = ({ lines, vide, onRemove }: Props) =>
  lines.length === 0 ? (
    <p className="doux">{vide}</p>
  ) : (
    <ul className="liste-editee">
      {lines.map(({ id, libelle }) => (
        <li key={id}>
          <span>{libelle}</span>
          <Button variant="lien" icon={Trash2} onClick={() => onRemove(id)} aria-label={`Retirer ${libelle}`}>
            Retirer
          </Button>
        </li>
      ))}
    </ul>
  )
