/**
 * Traditional characters that occur in churn words, in the cues around them and in everyday complaints, each
 * followed by its simplified form. Only pairs that mean the same everywhere: characters with a second reading
 * (乾, 著) are left alone. A character outside the table is compared as it stands.
 */
const PAIRS =
  '訂订約约換换訴诉務务見见競竞無无夠够騙骗極极點点後后銷销賬账帳账戶户號号會会員员費费錢钱賠赔償偿貨货單单' +
  '續续險险車车給给個个們们來来過过還还這这麼么樣样說说話话請请問问謝谢辦办嗎吗從从對对開开關关門门間间時时' +
  '現现發发經经為为與与將将應应該该買买賣卖價价貴贵壞坏爛烂懶懒誰谁別别師师監监執执檢检報报舉举傷伤氣气煩烦' +
  '鬧闹鐘钟課课讓让轉转離离遠远進进選选擇择認认識识證证據据終终結结級级總总統统線线網网電电腦脑軟软體体驗验' +
  '產产業业養养護护備备復复雜杂難难題题繳缴納纳舊旧實实寫写屬属島岛師师幫帮幹干強强張张彈弹徑径態态慣惯慮虑' +
  '憑凭懷怀戰战擔担擾扰攔拦敗败數数斷断東东條条檔档權权歡欢歲岁殘残沒没滿满漲涨潔洁濟济為为爾尔獎奖獲获環环' +
  '異异當当療疗瘋疯盡尽眾众礙碍禮礼種种稱称穩稳窮穷節节範范築筑簡简簽签紀纪級级紅红細细組组給给絕绝維维緊紧' +
  '緩缓縮缩繼继罰罚聯联聽听職职聲声腳脚膽胆舉举華华萬万葉叶藥药虧亏處处術术補补裝装裡里規规視视覺觉親亲計计' +
  '訊讯討讨訓训記记設设許许詐诈詞词試试詢询誠诚誤误調调談谈諒谅諾诺謊谎講讲讀读變变責责貪贪貼贴費费資资賞赏' +
  '質质購购贈赠趕赶軍军輕轻較较載载輪轮辭辞運运違违遲迟遷迁邊边郵邮醫医錯错鎖锁鏡镜長长閃闪閉闭陽阳隊队階阶' +
  '際际隨随隱隐雙双雞鸡靜静響响頂顶項项順顺預预頭头願愿類类顧顾飛飞飯饭館馆馬马駕驾騷骚驚惊髒脏體体鮮鲜麗丽黨党' +
  '齊齐龍龙傳传側侧債债僅仅優优億亿兩两內内冊册決决況况凍冻減减創创劃划劇剧動动勞劳勢势協协單单啟启喚唤嘗尝' +
  '圍围國国圖图場场塊块墊垫奪夺妝妆媽妈學学寧宁寶宝審审導导尋寻層层巔巅師师帶带廠厂廣广廳厅徵征徹彻恥耻悶闷' +
  '惡恶惱恼愛爱慘惨憤愤應应損损搶抢撥拨撤撤擋挡據据攤摊敵敌斃毙曬晒書书栽栽棄弃標标歐欧歷历沖冲涼凉湯汤溝沟' +
  '潰溃濫滥煉炼熱热燈灯爭争牆墙狀状獨独瑣琐甚甚畫画癡痴確确禍祸禦御稅税競竞筆笔粵粤糾纠糧粮純纯紙纸紛纷終终'

const simplified = new Map<string, string>()
for (let index = 0; index + 1 < PAIRS.length; index += 2) simplified.set(PAIRS[index]!, PAIRS[index + 1]!)

/** The simplified form of one character, or the character itself. */
export function simplify(character: string): string {
  return simplified.get(character) ?? character
}
