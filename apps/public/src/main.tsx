import { mountApp } from '@pass/web/app.tsx'
import { CircleQuestionMark, MapPin } from 'lucide-react'
import { paths } from './paths.ts'
import { routes } from './routes.tsx'
import './styles.css'
import './connexion.css'

mountApp({
  role: 'public',
  titre: '',
  menu: [
    { to: paths.lieux(), label: 'Trouver un lieu', icon: MapPin },
    { to: paths.aide(), label: 'Aide', icon: CircleQuestionMark },
  ],
  routes,
})
